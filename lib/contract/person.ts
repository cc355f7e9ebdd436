/** `/api/v1/people` and `/api/v1/grants`: who may sign in, in which roles, and what vendors were granted. */
import { z } from "zod";
import { Role } from "@/lib/domain/role";
import { MAX_KEYS } from "./timeline-query";

export const MAX_GRANT_DAYS = 90;

const name = z.string().trim().min(1, "expected a name").max(100, "expected at most 100 characters");
const roles = z.array(Role).min(1, "expected at least one role").max(20, "expected at most 20 roles");
const teams = z.array(z.string().trim().min(1, "expected names of teams").max(100)).max(50);

export const NewPersonForm = z.strictObject({
  email: z.email("expected an e-mail address").max(254, "expected at most 254 characters"),
  name,
  /** The first is active at first. */
  roles,
  teams: teams.default([]),
});
export type NewPersonForm = z.infer<typeof NewPersonForm>;

/** What is left out stays as it is. */
export const PersonChange = z.strictObject({
  name: name.optional(),
  roles: roles.optional(),
  /** The active one, one of the roles. */
  role: Role.optional(),
  teams: teams.optional(),
  disabled: z.boolean().optional(),
});
export type PersonChange = z.infer<typeof PersonChange>;

export const NewGrant = z.strictObject({
  /** Canonical names. May be empty when `keys` names one incident. */
  services: z.array(z.string().trim().min(1, "expected names of services").max(200)).max(50),
  /** Of one incident only. */
  keys: z.array(z.string()).min(1, "expected keys, or none at all").max(MAX_KEYS).optional(),
  reason: z.string().trim().min(3, "expected a reason").max(500, "expected at most 500 characters"),
  expiresAt: z.iso.datetime("expected an instant, such as 2026-03-31T00:00:00Z"),
});
export type NewGrant = z.infer<typeof NewGrant>;

export const GrantView = z.strictObject({
  id: z.string(),
  services: z.array(z.string()),
  /** Of one incident only. Which one is not told: the keys are not kept. */
  oneIncident: z.boolean(),
  reason: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  state: z.enum(["in-force", "expired", "revoked"]),
});
export type GrantView = z.infer<typeof GrantView>;

/** What was shared with the reader, newest first: names and reasons as their role reads them. */
export const OwnGrants = z.strictObject({ grants: z.array(GrantView) });
export type OwnGrants = z.infer<typeof OwnGrants>;

export const PersonView = z.strictObject({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: Role,
  roles: z.array(Role),
  teams: z.array(z.string()),
  /** Roles come from groups at every sign-in: they are changed there. */
  fromGroups: z.boolean(),
  disabledAt: z.string().nullable(),
  createdAt: z.string(),
  grants: z.array(GrantView),
  /** The reader. */
  self: z.boolean(),
});
export type PersonView = z.infer<typeof PersonView>;

export const PeopleList = z.strictObject({
  /** By address. */
  people: z.array(PersonView),
  total: z.int(),
  /** Roles of the policy in force. */
  roles: z.array(z.strictObject({ name: Role, description: z.string() })),
});
export type PeopleList = z.infer<typeof PeopleList>;

/** The link is shown once, to be given to the person. */
export const Invitation = z.strictObject({ id: z.string(), path: z.string(), expiresAt: z.string() });
export type Invitation = z.infer<typeof Invitation>;
