export type { Context } from "./context";
export { create } from "./create";
export { deleteRoom } from "./delete";
export { importRoom } from "./import";
export { lookUp } from "./lookUp";
export { read } from "./read";
export { update } from "./update";
