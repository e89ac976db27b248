package main

import (
	"errors"
	"io"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// Hands a call on with its one request, and hands its responses back. An empty message keeps the fields it does not know,
// which are all, so it stands for any message.
func forward(to *grpc.ClientConn) grpc.StreamHandler {
	return func(_ any, caller grpc.ServerStream) error {
		method, _ := grpc.MethodFromServerStream(caller)
		description := &grpc.StreamDesc{ServerStreams: true}
		callee, err := to.NewStream(caller.Context(), description, method)
		if err != nil {
			return err
		}
		request := &emptypb.Empty{}
		if err := caller.RecvMsg(request); err != nil {
			return err
		}
		if err := errors.Join(callee.SendMsg(request), callee.CloseSend()); err != nil {
			return err
		}
		for {
			response := &emptypb.Empty{}
			if err := callee.RecvMsg(response); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
			if err := caller.SendMsg(response); err != nil {
				return err
			}
		}
	}
}
