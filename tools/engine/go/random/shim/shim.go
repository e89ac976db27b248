// Package shim hands out the upstream provider, which is internal to its module. Go allows that because this module's
// path lies below the upstream one.
package shim

import (
	"github.com/hashicorp/terraform-plugin-framework/provider"
	upstream "github.com/terraform-providers/terraform-provider-random/internal/provider"
)

// New makes the upstream provider.
func New() provider.Provider {
	return upstream.New()
}
