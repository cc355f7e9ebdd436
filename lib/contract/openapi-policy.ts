/** The operations on the policy in the OpenAPI document. */
import { json, problem, PROBLEMS } from "./openapi-parts";
import {
  NewPolicy,
  OwnPolicy,
  PolicyCheck,
  PolicyCheckWish,
  PolicyPreviewWish,
  PolicyVersionDocument,
  PolicyVersionView,
  PolicyView,
} from "./policy";
import { TimelineAnswer } from "./timeline-answer";

const ADMINS = { "403": problem("Only roles that administer may read and change the policy.") };

export const POLICY_PATHS = {
  "/api/v1/policy": {
    get: {
      summary: "The policy in force and its history",
      responses: { "200": { description: "Newest version first.", content: json(PolicyView) }, ...PROBLEMS, ...ADMINS },
    },
    post: {
      summary: "Publish a policy; going back repeats an older document with `restores`",
      requestBody: { required: true, content: json(NewPolicy) },
      responses: {
        "201": { description: "In force from the next answer on; open streams end.", content: json(PolicyVersionView) },
        ...PROBLEMS,
        ...ADMINS,
        "400": problem("The document has a problem or one of its tests fails; `field` names which."),
        "409": problem("Somebody published since `expected`, or the provisioning file holds the policy."),
      },
    },
  },
  "/api/v1/policy/check": {
    post: {
      summary: "What a draft would change, what is wrong with it, and its tests; nothing is stored",
      requestBody: { required: true, content: json(PolicyCheckWish) },
      responses: {
        "200": { description: "Against the policy in force.", content: json(PolicyCheck) },
        ...PROBLEMS,
        ...ADMINS,
      },
    },
  },
  "/api/v1/policy/preview": {
    post: {
      summary: "An incident as a role would see it under a draft",
      requestBody: { required: true, content: json(PolicyPreviewWish) },
      responses: {
        "200": {
          description:
            "Values that the asker may not read under the policy in force are placeholders such as `‹personal masked›`.",
          content: json(TimelineAnswer),
        },
        ...PROBLEMS,
        ...ADMINS,
      },
    },
  },
  "/api/v1/policy/versions/{version}": {
    get: {
      summary: "One published policy, and what going back to it would change",
      parameters: [{ name: "version", in: "path", required: true, schema: { type: "integer" } }],
      responses: {
        "200": { description: "As it was published.", content: json(PolicyVersionDocument) },
        ...PROBLEMS,
        ...ADMINS,
        "404": problem("No such version."),
      },
    },
  },
  "/api/v1/policy/mine": {
    get: {
      summary: "What your own role sees and may do, in words",
      responses: { "200": { description: "Under the policy in force.", content: json(OwnPolicy) }, ...PROBLEMS },
    },
  },
};
