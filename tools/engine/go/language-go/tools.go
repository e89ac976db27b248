//go:build tools

// Package tools names the program this module exists to build, so that `go mod tidy` keeps what it needs.
package tools

import _ "github.com/pulumi/pulumi/sdk/v3/go/pulumi-language-go"
