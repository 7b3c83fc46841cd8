"""Talks to a Heliograph through the generated client: the arguments are its address, a new username and a password."""

import sys
import uuid

from openapi_client import (
    ApiClient,
    AuthApi,
    Configuration,
    LoginRequest,
    MessagesApi,
    NewMessage,
    NewRoom,
    RegistrationRequest,
    RoomsApi,
    Visibility,
)


def main(host, username, password):
    configuration = Configuration(host=host)
    with ApiClient(configuration) as client:
        auth = AuthApi(client)
        profile = auth.register(
            RegistrationRequest(username=username, email=f"{username}@example.com", password=password)
        )
        tokens = auth.login(LoginRequest(login=username, password=password))
        configuration.access_token = tokens.access_token
        rooms, messages = RoomsApi(client), MessagesApi(client)

        room = rooms.create_room(NewRoom(name="generated", visibility=Visibility.PRIVATE))
        sent = messages.send_message(room.id, NewMessage(content="Hello", clientId=str(uuid.uuid4())))
        assert sent.seq == 1 and sent.sender.id == profile.id
        listed = rooms.list_rooms().items
        assert len(listed) == 1 and listed[0].last_message.content == "Hello"
        page = messages.list_messages(room.id)
        assert page.items[0].content == "Hello" and page.next is None
        print("sent, listed and read")


main(*sys.argv[1:])
