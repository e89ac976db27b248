import { defaults } from "../defaults";
import { profiles } from "../switches/profiles";
import { switches, switchGroups, switchNames } from "../switches/table";

export function help(): string {
  return `A mock server for Metered's REST API: video rooms, access tokens, TURN.

Usage: metered-simulator [flags]

Flags:
      --port N             port to listen on (default: a free one)
      --host ADDRESS       address to listen on (default: 127.0.0.1, this machine only)
      --allow-host NAME    further host name for pages and control routes; repeatable
      --app NAME           app name (default: ${defaults.app})
      --secret-key KEY     secret key (default: ${defaults.secretKey})
      --data FILE          keep rooms and credentials in this file (default: in memory)
      --latency MS         wait before carrying out each API request
      --profile NAME|FILE  ${Object.keys(profiles).join(", ")}, or a JSON file with switch values
      --set SWITCH=VALUE   set one switch; repeatable
  -h, --help [switches]    show this help, or every switch
  -v, --version            show the version

Examples:
  metered-simulator --port 8080 --data rooms.json
  metered-simulator --set missingRoomStatus=404 --set put=replace
  metered-simulator --help switches`;
}

export function helpSwitches(): string {
  const groups = switchGroups.map((group) => {
    const names = switchNames.filter((name) => switches[name].group === group);
    const rows = names.map((name) => `  ${name}: ${switches[name].values.join(" | ")}\n      ${switches[name].doc}`);
    return `${group}\n\n${rows.join("\n")}`;
  });
  return `Each switch decides something that Metered's documentation leaves open. The first value is the default.

${groups.join("\n\n")}`;
}
