import { goFunction } from "./examples/go";
import { pascal, snake } from "./examples/layout";
import { pythonChoice } from "./examples/python";

/** Names and types in the SDKs that Pulumi's code generators create from the schema. */
export interface Language {
  readonly title: string;
  /** Of the page below docs/reference. */
  readonly file: string;
  /** How a program gets at the SDK. */
  readonly use: string;
  /** A setting, an output or an argument of a function, by its name in the schema. */
  readonly property: (name: string) => string;
  /** What each type of the schema is. Choices, lists and objects have names of their own. */
  readonly types: Readonly<Record<"string" | "boolean" | "integer" | "number", string>>;
  readonly list: (item: string) => string;
  readonly map: (value: string) => string;
  readonly choice: (choices: string, name: string, value: string) => string;
  readonly create: (resource: string) => string;
  readonly get: (resource: string) => string;
  /** With plain values, and with what is known later. */
  readonly call: (name: string) => readonly [string, string];
}

const same = (name: string) => name;

export const languages: readonly Language[] = [
  {
    title: "YAML",
    file: "yaml",
    use: "YAML needs no SDK. Types and functions start with the name of the package: `metered:MeetingRoom`.",
    property: same,
    types: { string: "string", boolean: "boolean", integer: "integer", number: "number" },
    list: (item) => `list of ${item}`,
    map: (value) => `map of ${value}`,
    choice: (_choices, _name, value) => value,
    create: (resource) => `type: metered:${resource}`,
    get: (resource) => `type: metered:${resource}, get: { id: NAME }`,
    call: (name) => [`fn::invoke: { function: metered:${name} }`, "the same call"],
  },
  {
    title: "Python",
    file: "python",
    use: "`import pulumi_metered as metered`. Every input also accepts an `Output` of its type (`pulumi.Input[T]`).",
    property: snake,
    types: { string: "str", boolean: "bool", integer: "int", number: "float" },
    list: (item) => `Sequence[${item}]`,
    map: (value) => `Mapping[str, ${value}]`,
    choice: (choices, name) => `metered.${choices}.${pythonChoice(name)}`,
    create: (resource) => `metered.${resource}(name, …, opts=None)`,
    get: (resource) => `metered.${resource}.get(name, id)`,
    call: (name) => [`metered.${snake(name)}(…)`, `metered.${snake(name)}_output(…)`],
  },
  {
    title: "Go",
    file: "go",
    use: '`import "pulumi-metered/sdk/go/metered"`. Write a `string` as `pulumi.String("…")`, or pass a `pulumi.StringOutput`. The same goes for `bool`, `int` and `float64`.',
    property: pascal,
    types: { string: "string", boolean: "bool", integer: "int", number: "float64" },
    list: (item) => `[]${item}`,
    map: (value) => `map[string]${value}`,
    choice: (choices, name) => `metered.${choices}${name}`,
    create: (resource) => `metered.New${resource}(ctx, name, &metered.${resource}Args{…})`,
    get: (resource) => `metered.Get${resource}(ctx, name, pulumi.ID(id), nil)`,
    call: (name) => [
      `metered.${goFunction(name)}(ctx, &metered.${goFunction(name)}Args{…})`,
      `metered.${goFunction(name)}Output(ctx, metered.${goFunction(name)}OutputArgs{…})`,
    ],
  },
  {
    title: ".NET",
    file: "dotnet",
    use: "`using Metered.Rooms;`. Every input also accepts an `Output` of its type (`Input<T>`). The tests generate this SDK, but don't compile it.",
    property: pascal,
    types: { string: "string", boolean: "bool", integer: "int", number: "double" },
    list: (item) => `ImmutableArray<${item}>`,
    map: (value) => `ImmutableDictionary<string, ${value}>`,
    choice: (choices, name) => `${choices}.${name}`,
    create: (resource) => `new ${resource}(name, new ${resource}Args { … })`,
    get: (resource) => `${resource}.Get(name, id)`,
    call: (name) => [
      `${pascal(name)}.InvokeAsync(new ${pascal(name)}Args { … })`,
      `${pascal(name)}.Invoke(new ${pascal(name)}InvokeArgs { … })`,
    ],
  },
  {
    title: "Java",
    file: "java",
    use: "`import live.metered.*;`. Build the inputs with `MeetingRoomArgs.builder().privacy(…).build()`. Every input also accepts an `Output<T>`.",
    property: same,
    types: { string: "String", boolean: "Boolean", integer: "Integer", number: "Double" },
    list: (item) => `List<${item}>`,
    map: (value) => `Map<String, ${value}>`,
    choice: (choices, name) => `${choices}.${name}`,
    create: (resource) => `new ${resource}(name, ${resource}Args.builder().….build())`,
    get: (resource) => `${resource}.get(name, Output.of(id), null)`,
    call: (name) => [
      `MeteredFunctions.${name}Plain(${pascal(name)}PlainArgs.builder().….build())`,
      `MeteredFunctions.${name}(${pascal(name)}Args.builder().….build())`,
    ],
  },
];
