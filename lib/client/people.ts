/** People and their grants, as admins change them. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  Invitation,
  OwnGrants,
  PeopleList,
  type NewGrant,
  type NewPersonForm,
  type PersonChange,
} from "@/lib/contract/person";
import { callApi, jsonRequest } from "./call-api";

const PATH = "/api/v1/people";
const pathOf = (userId: string): string => `${PATH}/${encodeURIComponent(userId)}`;

export const PEOPLE_KEY = ["people"] as const;

export function peopleQuery(filter: string) {
  return queryOptions({
    queryKey: [...PEOPLE_KEY, filter],
    queryFn: async ({ signal }) =>
      PeopleList.parse(await callApi(`${PATH}?${new URLSearchParams({ filter }).toString()}`, { signal })),
    placeholderData: keepPreviousData,
  });
}

export async function invitePerson(form: NewPersonForm): Promise<Invitation> {
  return Invitation.parse(await callApi(PATH, jsonRequest("POST", form)));
}

export async function inviteAgain(userId: string): Promise<Invitation> {
  return Invitation.parse(await callApi(`${pathOf(userId)}/invitation`, { method: "POST" }));
}

export async function changePerson({ id, change }: { id: string; change: PersonChange }): Promise<void> {
  await callApi(pathOf(id), jsonRequest("PATCH", change));
}

export async function signOutPerson(userId: string): Promise<void> {
  await callApi(`${pathOf(userId)}/sessions`, { method: "DELETE" });
}

export const ownGrantsQuery = queryOptions({
  queryKey: ["own-grants"],
  queryFn: async ({ signal }) => OwnGrants.parse(await callApi("/api/v1/grants", { signal })),
});

export async function createGrant({ id, grant }: { id: string; grant: NewGrant }): Promise<void> {
  await callApi(`${pathOf(id)}/grants`, jsonRequest("POST", grant));
}

export async function revokeGrant(grantId: string): Promise<void> {
  await callApi(`/api/v1/grants/${encodeURIComponent(grantId)}`, { method: "DELETE" });
}
