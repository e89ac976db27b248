import { type PolicyConfigSchema, PolicyPack, type ResourceValidationPolicy } from "@pulumi/policy";
import { asCredential, type CredentialRule, expiringCredentials, globalAdminTokens } from "./credentials";
import { roomsIn } from "./room";
import { limits, privateRooms, type Rule, recording, rtmpOut, webhooks } from "./rules";

new PolicyPack("metered-guard-rails", {
  enforcementLevel: "mandatory",
  policies: [
    policy(privateRooms),
    policy(limits),
    policy(recording),
    policy(webhooks),
    policy(rtmpOut),
    credentialPolicy(expiringCredentials),
    credentialPolicy(globalAdminTokens),
  ],
});

function credentialPolicy<Settings extends object>(rule: CredentialRule<Settings>): ResourceValidationPolicy {
  const { name, description, settings } = rule;
  return {
    ...{ name, description, configSchema: { properties: settings } as unknown as PolicyConfigSchema },
    validateResource: (args, reportViolation) => {
      const credential = asCredential(args.type, args.urn, args.props);
      if (!credential) return;
      // A program that counts from now may round its result up.
      const nowSeconds = Math.ceil(Date.now() / 1000);
      for (const problem of rule.check(credential, args.getConfig<Settings>(), nowSeconds)) reportViolation(problem);
    },
  };
}

function policy<Settings extends object>(rule: Rule<Settings>): ResourceValidationPolicy {
  return {
    name: rule.name,
    description: rule.description,
    configSchema: { properties: rule.settings } as unknown as PolicyConfigSchema,
    validateResource: (args, reportViolation) => {
      for (const room of roomsIn(args.type, args.urn, args.props)) {
        const place = room.key === undefined ? "" : `rooms[${JSON.stringify(room.key)}]: `;
        for (const problem of rule.check(room, args.getConfig<Settings>())) reportViolation(place + problem);
      }
    },
  };
}
