import pulumi
import pulumi_metered as metered

standup = metered.MeetingRoom("standup", privacy=metered.Privacy.PRIVATE, max_participants=12)
town_hall = metered.LiveStreamingRoom(
    "town-hall",
    room_name="town-hall",
    enable_recording=True,
    # Metered documents no way to delete such a room.
    opts=pulumi.ResourceOptions(retain_on_delete=True),
)
# Created outside Pulumi, only looked up.
lobby = metered.get_meeting_room(room_name="lobby")

pulumi.export("join", standup.url)
pulumi.export("watch", town_hall.viewer_url)
pulumi.export("broadcast", town_hall.broadcast_manager)
pulumi.export("lobby", lobby.url)
