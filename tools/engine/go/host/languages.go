package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/pulumi/pulumi/pkg/v3/codegen/cgstrings"
	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/nodejs/npm"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/pulumi/pulumi/sdk/v3/python/toolchain"
)

const tool = "pulumi-metered"

var importers = map[string]schema.Language{
	"nodejs": nodejs.Importer, "python": python.Importer, "go": golang.Importer,
}

// Answers the files of an SDK by their paths.
func generate(
	language string, pkg *schema.Package, request *pulumirpc.GeneratePackageRequest, loader schema.ReferenceLoader,
) (map[string][]byte, error) {
	switch language {
	case "nodejs":
		return nodejs.GeneratePackage(tool, pkg, request.ExtraFiles, request.LocalDependencies, request.Local, loader)
	case "python":
		return python.GeneratePackage(tool, pkg, request.ExtraFiles, loader)
	default:
		return golang.GeneratePackage(tool, pkg, request.LocalDependencies)
	}
}

// Makes a program depend on the SDK in a folder, relative to the program, and answers how that is imported.
type link func(ctx context.Context, program *pulumirpc.ProgramInfo, pkg *schema.Package, folder string) (string, error)

var links = map[string]link{"nodejs": linkNodejs, "python": linkPython, "go": linkGo}

func linkNodejs(
	ctx context.Context, program *pulumirpc.ProgramInfo, pkg *schema.Package, folder string,
) (string, error) {
	name := "@pulumi/" + pkg.Name
	if info, ok := pkg.Language["nodejs"].(nodejs.NodePackageInfo); ok && info.PackageName != "" {
		name = info.PackageName
	}
	manager, err := npm.ResolvePackageManager(npm.AutoPackageManager, program.ProgramDirectory)
	if err != nil {
		return "", err
	}
	statement := fmt.Sprintf("import * as %s from %q;", cgstrings.Camel(pkg.Name), name)
	return statement, manager.Link(ctx, program.ProgramDirectory, name, folder)
}

func linkPython(
	ctx context.Context, program *pulumirpc.ProgramInfo, pkg *schema.Package, folder string,
) (string, error) {
	name := python.PyPack(pkg.Namespace, pkg.Name)
	if info, ok := pkg.Language["python"].(python.PackageInfo); ok && info.PackageName != "" {
		name = info.PackageName
	}
	options := toolchain.PythonOptions{Root: program.RootDirectory, ProgramDir: program.ProgramDirectory}
	tools, err := toolchain.ResolveToolchain(options)
	if err != nil {
		return "", err
	}
	statement := fmt.Sprintf("import %s as %s", name, python.PyName(pkg.Name))
	return statement, tools.LinkPackages(ctx, map[string]string{name: folder})
}

// Says where the module is. That the program requires it is added by `go mod tidy`, once it is imported.
func linkGo(ctx context.Context, program *pulumirpc.ProgramInfo, pkg *schema.Package, folder string) (string, error) {
	module, path, err := golang.ModuleAndImportPath(pkg)
	if err != nil {
		return "", err
	}
	replacement := module + "=./" + filepath.ToSlash(folder)
	edit := exec.CommandContext(ctx, "go", "mod", "edit", "-replace", replacement)
	edit.Dir, edit.Stderr = program.ProgramDirectory, os.Stderr
	return fmt.Sprintf("import %q", path), edit.Run()
}
