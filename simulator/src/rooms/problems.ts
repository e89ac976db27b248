/** One problem with a request body, in the shape of the Joi validator. */
export interface Problem {
  message: string;
  path: string[];
  type: string;
  context: Record<string, unknown>;
}

/** `limits` are further facts that Joi puts into the context. */
export function problem(key: string, type: string, text: string, value?: unknown, limits?: object): Problem {
  const context = { ...limits, label: key, ...(value === undefined ? {} : { value }), key };
  return { message: `"${key}" ${text}`, path: [key], type, context };
}
