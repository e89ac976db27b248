// Writes the schema of the package, from which the plugin learns the types of the upstream provider.
package main

import (
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfgen"

	"pulumi-metered/tools/engine/random/info"
)

func main() {
	tfgen.Main("random", info.Provider())
}
