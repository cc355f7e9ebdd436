/** Who is on call: five people a team in three zones, one of whom moves and one of whom never said where they live. */
import { TEAMS } from "./estate";

export interface MonthPerson {
  /** As the on-call feed names the person. */
  readonly handle: string;
  readonly name: string;
  readonly team: string;
  /** Empty: the feed tells no zone. */
  readonly zone: string;
  /** Where the person lives from the middle of the second month on. */
  readonly movesTo: string | null;
}

const FIRST = [
  "Ines", "Bashir", "Carla", "Deniz", "Elif", "Farid", "Greta", "Hugo", "Irena", "Jonas", "Kofi", "Leila", "Mateo", "Nadia",
  "Oskar", "Priya", "Quentin", "Rosa", "Stefan", "Tamar", "Uma", "Viktor", "Wanda", "Xenia", "Yusuf", "Zoe", "Anton", "Bilal",
  "Chiara", "Dmitri", "Esther", "Fatima", "Gustav", "Hana", "Ivo",
]; // prettier-ignore
const LAST = ["Adler", "Brandt", "Costa", "Dogan", "Eriksen"] as const;
const ZONES = ["Europe/Berlin", "Europe/Berlin", "America/New_York", "Asia/Singapore", "Europe/Berlin"] as const;

/** The clock that rotations hand over by. */
export const SCHEDULE_ZONE = "Europe/Berlin";

export const PEOPLE: readonly MonthPerson[] = TEAMS.flatMap((team, teamIndex) =>
  ZONES.map((zone, index): MonthPerson => {
    const first = FIRST[teamIndex * ZONES.length + index] ?? "";
    const last = LAST[index] ?? "";
    // The demo's engineer takes turns like everybody, so that a person's own load has somebody to show it to.
    if (teamIndex === 0 && index === 0)
      return { handle: "engineer@demo.example", name: "Erin Engineer", team, zone, movesTo: null };
    return {
      handle: `${first}.${last}@shop.example`.toLowerCase(),
      name: `${first} ${last}`,
      team,
      zone: teamIndex === 5 && index === 4 ? "" : zone,
      movesTo: teamIndex === 1 && index === 0 ? "America/New_York" : null,
    };
  }),
);
