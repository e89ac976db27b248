import type { Route } from "./call";
import { meetingRoutes } from "./meetings/routes";
import { roomRoutes } from "./rooms/routes";
import { tokenRoutes } from "./tokens/routes";
import { turnRoutes } from "./turn/routes";

/** Every route of the API. What is not among them is answered as Express would. */
export const routes: readonly Route[] = [...roomRoutes, ...tokenRoutes, ...meetingRoutes, ...turnRoutes];
