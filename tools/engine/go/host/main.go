// A language host for Node.js, Python or Go, by the name under which it is started. It generates and links SDKs with
// Pulumi's own code, as the hosts of a release do, and leaves everything else to the next host of that name on PATH:
// those that Go's module proxy serves are too old for SDKs, but run programs.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	file := filepath.Base(os.Args[0])
	language := strings.TrimPrefix(strings.TrimSuffix(file, ".exe"), "pulumi-language-")
	if links[language] == nil {
		return fmt.Errorf("%s is not the name of a language host", file)
	}
	next, err := nextOnPath(file)
	if err != nil {
		return err
	}
	older, err := start(next, append(flags(language), os.Args[1:]...))
	if err != nil {
		return err
	}
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Init: func(server *grpc.Server) error {
			server.RegisterService(ownMethods(), &host{language: language})
			return nil
		},
		Options: []grpc.ServerOption{grpc.UnknownServiceHandler(forward(older.connection))},
	})
	if err != nil {
		return err
	}
	fmt.Println(handle.Port)
	// What a program prints goes through its host. The older host ends with the engine, and this one with it.
	if _, err := io.Copy(os.Stdout, older.stdout); err != nil {
		return err
	}
	return older.command.Wait()
}

// The engine finds a host on PATH, and so does this one; itself it passes over.
func nextOnPath(file string) (string, error) {
	own, err := os.Stat(os.Args[0])
	if err != nil {
		return "", err
	}
	for _, folder := range filepath.SplitList(os.Getenv("PATH")) {
		path := filepath.Join(folder, file)
		info, err := os.Stat(path)
		if err == nil && info.Mode().IsRegular() && !os.SameFile(info, own) {
			return path, nil
		}
	}
	return "", fmt.Errorf("there is no further %s on PATH", file)
}

// Engines used to pass the options of a runtime as flags; this is the one without which older hosts install packages into
// another place than the project says.
func flags(language string) []string {
	folder, _ := os.Getwd()
	project, path, err := workspace.LoadBaseProjectFrom(folder)
	if language != "python" || err != nil {
		return nil
	}
	environment, ok := project.RuntimeInfo().Options()["virtualenv"].(string)
	if !ok {
		return nil
	}
	return []string{"-root", filepath.Dir(path), "-virtualenv", environment}
}

type process struct {
	command    *exec.Cmd
	stdout     io.Reader
	connection *grpc.ClientConn
}

// A host says on its first line where it listens.
func start(path string, args []string) (*process, error) {
	command := exec.Command(path, args...)
	command.Stderr = os.Stderr
	pipe, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	stdout := bufio.NewReader(pipe)
	port, err := stdout.ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s does not say where it listens", path), command.Wait())
	}
	connection, err := grpc.NewClient(
		"127.0.0.1:"+strings.TrimSpace(port),
		grpc.WithTransportCredentials(insecure.NewCredentials()), rpcutil.GrpcChannelOptions(),
	)
	return &process{command, stdout, connection}, err
}

// What this host does itself. A call of a service that is known, but not with that method, is forwarded too.
func ownMethods() *grpc.ServiceDesc {
	service := pulumirpc.LanguageRuntime_ServiceDesc
	methods := service.Methods
	service.Methods, service.Streams = nil, nil
	for _, method := range methods {
		if method.MethodName == "GeneratePackage" || method.MethodName == "Link" {
			service.Methods = append(service.Methods, method)
		}
	}
	return &service
}
