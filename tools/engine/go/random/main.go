// The plugin of the Pulumi package "random".
package main

import (
	"context"
	_ "embed"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"

	"pulumi-metered/tools/engine/random/info"
)

// Made by the program in the folder schema just before this one is built.
//
//go:embed schema.json
var schema []byte

func main() {
	tfbridge.Main(context.Background(), "random", info.Provider(), tfbridge.ProviderMetadata{PackageSchema: schema})
}
