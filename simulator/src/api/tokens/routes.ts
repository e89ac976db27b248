import type { Route } from "../call";
import { bySecretKey } from "../rooms/routes";
import { createToken, validateToken } from "./operations";

export const tokenRoutes: readonly Route[] = [
  {
    ...{ method: "POST", url: "/v1/token", kind: "token", operation: "create", guards: [bySecretKey] },
    perform: (world, { body }) => createToken(world, body),
  },
  {
    ...{ method: "POST", url: "/v1/token/validate", kind: "token", operation: "validate", guards: [] },
    perform: (world, { body }) => validateToken(world, body),
  },
];
