import io.heliograph.generated.*;
import java.util.List;
import java.util.UUID;

/** Talks to a Heliograph through the generated client: the arguments are its address, a new username and a password. */
public final class Program {

    private Program() {}

    public static void main(String[] args) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(args[0]);
        AuthApi auth = new AuthApi(client);
        Profile profile = auth.register(new RegistrationRequest()
                .username(args[1])
                .email(args[1] + "@example.com")
                .password(args[2]));
        TokenPair tokens = auth.login(new LoginRequest().login(args[1]).password(args[2]));
        client.setRequestInterceptor(
                request -> request.setHeader("Authorization", "Bearer " + tokens.getAccessToken()));
        RoomsApi rooms = new RoomsApi(client);
        MessagesApi messages = new MessagesApi(client);

        Room room = rooms.createRoom(new NewRoom().name("generated").visibility(Visibility.PRIVATE), null);
        Message sent = messages.sendMessage(
                room.getId(), new NewMessage().content("Hello").clientId(UUID.randomUUID().toString()), null);
        require(sent.getSeq() == 1 && sent.getSender().getId().equals(profile.getId()));
        List<ListedRoom> listed = rooms.listRooms(null, null, null, null, null).getItems();
        require(listed.size() == 1 && listed.get(0).getLastMessage().getContent().equals("Hello"));
        MessagePage page = messages.listMessages(room.getId(), null, null, null, null);
        require(page.getItems().get(0).getContent().equals("Hello") && page.getNext() == null);
        System.out.println("sent, listed and read");
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalStateException("not what was expected");
        }
    }
}
