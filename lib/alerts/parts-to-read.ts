/** Long histories are not read all at once: an alert that fires for weeks beside others is told of again with each of them. Pure. */

/** In order, so many sightings together at most; what has more of them alone is alone. */
export function partsToRead<Place extends { readonly sightings: number }>(
  places: readonly Place[],
  most: number,
): readonly (readonly Place[])[] {
  const parts: Place[][] = [];
  let room = 0;
  for (const place of places) {
    const part = parts.at(-1);
    if (part && place.sightings <= room) part.push(place);
    else {
      parts.push([place]);
      room = most;
    }
    room -= place.sightings;
  }
  return parts;
}
