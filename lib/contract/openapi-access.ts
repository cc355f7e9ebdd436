/** The operations on reveals, access requests, people and grants in the OpenAPI document. */
import { AccessRequestAnswer, AccessRequestList, NewAccessRequest } from "./access-request";
import { json, problem, PROBLEMS } from "./openapi-parts";
import { Invitation, NewGrant, NewPersonForm, OwnGrants, PeopleList, PersonChange } from "./person";
import { AccessCounts, NewReveal, RevealCreated, RevealList } from "./reveal";

const DONE = { "204": { description: "Done." } };
const ADMINS = { "403": problem("Only admins may, signed in.") };
const MISSING = { "404": problem("There is no such thing, or it is not yours.") };
const CONFLICT = { "409": problem("It is answered, over, or would leave nobody who may administer.") };
const STEP_UP = { "403": problem("Your role may not, or `step-up-required`: sign in again first.") };

const inPath = (name: string) => ({ name, in: "path", required: true, schema: { type: "string" } });
const inQuery = (name: string, description: string) => ({ name, in: "query", description, schema: { type: "string" } });
const step = (summary: string, id: string) => ({
  post: { summary, parameters: [inPath(id)], responses: { ...DONE, ...PROBLEMS, ...STEP_UP, ...MISSING, ...CONFLICT } },
});

const REVEALS = {
  "/api/v1/reveals": {
    get: {
      summary: "Break-glass: what was asked for, of the last 90 days",
      parameters: [inQuery("key", "As for a timeline, repeated: of this incident only.")],
      responses: {
        "200": {
          description: "Your own; for managers, admins and second persons others' too.",
          content: json(RevealList),
        },
        ...PROBLEMS,
      },
    },
    post: {
      summary: "Read one more class of fields in one incident, for minutes",
      requestBody: { required: true, content: json(NewReveal) },
      responses: {
        "201": { description: "In force, or waiting for a second person.", content: json(RevealCreated) },
        ...PROBLEMS,
        ...STEP_UP,
        ...CONFLICT,
      },
    },
  },
  "/api/v1/reveals/{revealId}/approve": step("Agree as the second person: the clock starts", "revealId"),
  "/api/v1/reveals/{revealId}/refuse": step("Refuse as the second person", "revealId"),
  "/api/v1/reveals/{revealId}/end": step("End a reveal of yours before its time; an admin any", "revealId"),
  "/api/v1/reveals/{revealId}/review": step("Sign that you looked at a reveal of somebody else", "revealId"),
  "/api/v1/reveals/counts": {
    get: {
      summary: "How often people needed more than their role reads, this UTC month",
      responses: {
        "200": { description: "By role, what was wanted, and the answer.", content: json(AccessCounts) },
        ...PROBLEMS,
      },
    },
  },
};

const REQUESTS = {
  "/api/v1/access-requests": {
    get: {
      summary: "Requests for standing access: yours, for admins everybody's",
      responses: { "200": { description: "Newest first.", content: json(AccessRequestList) }, ...PROBLEMS },
    },
    post: {
      summary: "Ask for a role, or for a class of fields for your role",
      requestBody: { required: true, content: json(NewAccessRequest) },
      responses: { "201": { description: "An admin answers it." }, ...PROBLEMS, ...CONFLICT },
    },
  },
  "/api/v1/access-requests/{requestId}/answer": {
    post: {
      summary: "Grant or refuse, in words",
      parameters: [inPath("requestId")],
      requestBody: { required: true, content: json(AccessRequestAnswer) },
      responses: { ...DONE, ...PROBLEMS, ...ADMINS, ...MISSING, ...CONFLICT },
    },
  },
  "/api/v1/access-requests/{requestId}/withdraw": step("Take back a request of yours", "requestId"),
};

const PEOPLE = {
  "/api/v1/people": {
    get: {
      summary: "Everybody who may sign in, for admins",
      parameters: [inQuery("filter", "Part of a name, an address, a team or a role.")],
      responses: { "200": { description: "By address.", content: json(PeopleList) }, ...PROBLEMS, ...ADMINS },
    },
    post: {
      summary: "Add somebody, who chooses a password by a one-time link",
      requestBody: { required: true, content: json(NewPersonForm) },
      responses: {
        "201": { description: "The link is in this answer only.", content: json(Invitation) },
        ...PROBLEMS,
        ...ADMINS,
      },
    },
  },
  "/api/v1/people/{userId}": {
    patch: {
      summary: "Change name, roles, active role, teams or standing",
      parameters: [inPath("userId")],
      requestBody: { required: true, content: json(PersonChange) },
      responses: { ...DONE, ...PROBLEMS, ...ADMINS, ...MISSING, ...CONFLICT },
    },
  },
  "/api/v1/people/{userId}/invitation": {
    post: {
      summary: "Another one-time link; the older one stops working",
      parameters: [inPath("userId")],
      responses: {
        "201": { description: "The link is in this answer only.", content: json(Invitation) },
        ...PROBLEMS,
        ...ADMINS,
        ...MISSING,
        ...CONFLICT,
      },
    },
  },
  "/api/v1/people/{userId}/sessions": {
    delete: {
      summary: "Sign a person out everywhere",
      parameters: [inPath("userId")],
      responses: { ...DONE, ...PROBLEMS, ...ADMINS, ...MISSING },
    },
  },
  "/api/v1/people/{userId}/grants": {
    post: {
      summary: "Grant services, or one incident, until a date",
      parameters: [inPath("userId")],
      requestBody: { required: true, content: json(NewGrant) },
      responses: { "201": { description: "In force." }, ...PROBLEMS, ...ADMINS, ...MISSING },
    },
  },
  "/api/v1/grants": {
    get: {
      summary: "What was shared with you, and until when",
      responses: {
        "200": { description: "Your own only, newest first; those that are over too.", content: json(OwnGrants) },
        ...PROBLEMS,
      },
    },
  },
  "/api/v1/grants/{grantId}": {
    delete: {
      summary: "Take a grant back",
      parameters: [inPath("grantId")],
      responses: { ...DONE, ...PROBLEMS, ...ADMINS, ...MISSING },
    },
  },
};

export const ACCESS_PATHS = { ...REVEALS, ...REQUESTS, ...PEOPLE };
