package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"pulumi-metered/sdk/go/metered"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		standup, err := metered.NewMeetingRoom(ctx, "standup", &metered.MeetingRoomArgs{
			Privacy:         metered.PrivacyPrivate,
			MaxParticipants: pulumi.Int(12),
		})
		if err != nil {
			return err
		}
		// Metered documents no way to delete such a room.
		townHall, err := metered.NewLiveStreamingRoom(ctx, "town-hall", &metered.LiveStreamingRoomArgs{
			RoomName:        pulumi.String("town-hall"),
			EnableRecording: pulumi.Bool(true),
		}, pulumi.RetainOnDelete(true))
		if err != nil {
			return err
		}
		// Created outside Pulumi, only looked up.
		lobby, err := metered.LookupMeetingRoom(ctx, &metered.LookupMeetingRoomArgs{RoomName: "lobby"})
		if err != nil {
			return err
		}

		ctx.Export("join", standup.Url)
		ctx.Export("watch", townHall.ViewerURL)
		ctx.Export("broadcast", townHall.BroadcastManager)
		ctx.Export("lobby", pulumi.String(lobby.Url))
		return nil
	})
}
