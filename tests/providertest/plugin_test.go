// Package providertest runs Pulumi's own checks for providers against the plugin.
package providertest

import (
	"context"
	"encoding/json"
	"os"
	"testing"

	"github.com/pulumi/providertest"
	"github.com/pulumi/providertest/grpclog"
	"github.com/pulumi/providertest/optproviderupgrade"
	"github.com/pulumi/providertest/providers"
	"github.com/pulumi/providertest/pulumitest"
	"github.com/pulumi/providertest/pulumitest/assertpreview"
	"github.com/pulumi/providertest/pulumitest/opttest"
	"github.com/pulumi/providertest/replay"
)

// given is what the test needs and its caller prepares: a plugin's folder, a server, an account.
func given(t *testing.T, name string) string {
	t.Helper()
	value := os.Getenv(name)
	if value == "" {
		t.Fatalf("%s is not set: run tests/plugin/providertest.long.test.ts", name)
	}
	return value
}

// rooms is a stack of the program, configured for the server, with the plugin under test.
func rooms(t *testing.T) *pulumitest.PulumiTest {
	t.Helper()
	plugin := opttest.LocalProviderPath("metered", given(t, "PLUGIN_FOLDER"))
	test := pulumitest.NewPulumiTest(t, "program", opttest.SkipInstall(), plugin)
	// The app's name and key come from METERED_APP_NAME and METERED_SECRET_KEY.
	test.SetConfig(t, "metered:endpoint", given(t, "ENDPOINT"))
	return test
}

// A stack that the baseline left behind is not changed by the plugin under test.
func TestUpgrade(t *testing.T) {
	baseline := opttest.LocalProviderPath("metered", given(t, "BASELINE_FOLDER"))
	result := providertest.PreviewProviderUpgrade(t, rooms(t), "metered", "baseline",
		optproviderupgrade.BaselineOpts(baseline),
		optproviderupgrade.CacheDir(t.TempDir()))
	assertpreview.HasNoChanges(t, result)
}

// Another process of the plugin answers the calls that need no server as the first one did.
func TestReplay(t *testing.T) {
	test := rooms(t)
	test.Up(t)
	test.Up(t)
	calls := pureCalls(t, test.GrpcLog(t))

	ctx, end := context.WithCancel(context.Background())
	t.Cleanup(end)
	port, err := providers.LocalBinary("metered", given(t, "PLUGIN_FOLDER"))(ctx, test)
	if err != nil {
		t.Fatal(err)
	}
	server, err := providers.NewProviderInterceptProxy(ctx, port, providers.ProviderInterceptors{})
	if err != nil {
		t.Fatal(err)
	}
	replay.ReplaySequence(t, server, calls)
}

// pureCalls are those by which the plugin is configured, and those that it answers without a look at the server.
func pureCalls(t *testing.T, log *grpclog.GrpcLog) string {
	t.Helper()
	counts := map[grpclog.Method]int{}
	var pure []grpclog.GrpcLogEntry
	for _, entry := range log.Entries {
		switch method := grpclog.Method(entry.Method); method {
		case grpclog.CheckConfig, grpclog.DiffConfig, grpclog.Configure, grpclog.Check, grpclog.Diff:
			counts[method]++
			pure = append(pure, entry)
		}
	}
	for _, method := range []grpclog.Method{grpclog.Configure, grpclog.Check, grpclog.Diff} {
		if counts[method] == 0 {
			t.Fatalf("no call of %s was recorded", method)
		}
	}
	text, err := json.Marshal(pure)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
