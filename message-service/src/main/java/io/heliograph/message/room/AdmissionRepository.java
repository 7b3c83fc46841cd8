package io.heliograph.message.room;

import io.heliograph.message.audit.AuditEvent;
import io.heliograph.message.audit.AuditRepository;
import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.LockingTransactions;
import io.heliograph.message.database.Repository;
import io.heliograph.message.room.Admission.Invited;
import io.heliograph.message.room.Admission.Joined;
import io.heliograph.message.room.RoomConfig.AddPolicy;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Admits users to rooms and changes their roles. Each change holds the lock of the room, so that decisions on its
 * members stay valid, and then the lock of the user who gets another room. The profiles of the users must be stored.
 */
@Singleton
class AdmissionRepository extends Repository {

    private static final String LOCK =
            "select visibility, direct is not null as direct from rooms where id = $1 for no key update";

    /** The read mark of a new member is at the end of the room; that of a returning member is restored. */
    private static final String ADD = """
            insert into members (room_id, user_id, role, read_seq)
            select r.id, v.user_id, $3, coalesce(f.read_seq, r.last_seq)
            from unnest($2::uuid[]) as v(user_id)
            join rooms r on r.id = $1
            left join former_marks f on f.room_id = r.id and f.user_id = v.user_id
            """;

    /** A room always keeps an owner who can act. */
    private static final String GIVE = """
            update members set role = $3 where room_id = $1 and user_id = $2
              and (role = 'member' or $3 = 'owner'
                or exists (select from members o join people p on p.id = o.user_id and not p.deleted
                           where o.room_id = $1 and o.role = 'owner' and o.user_id <> $2))
            """;

    /** A room whose row is locked. In a direct room no caller has authority: only its two users can join it. */
    private record LockedRoom(Visibility visibility, boolean direct) {

        boolean hasAuthority(boolean wanted) {
            return wanted && !direct;
        }
    }

    private static final String RETURNED = "delete from departures where room_id = $1 and user_id = $2";

    private final MemberRepository members;
    private final InvitationRepository invitations;
    private final AccountRepository accounts;
    private final AuditRepository audit;
    private final RoomConfig config;
    private final LockingTransactions transactions;

    AdmissionRepository(
            Pool pool,
            DatabaseConfig database,
            LockingTransactions transactions,
            MemberRepository members,
            InvitationRepository invitations,
            AccountRepository accounts,
            AuditRepository audit,
            RoomConfig config) {
        super(pool, database);
        this.transactions = transactions;
        this.members = members;
        this.invitations = invitations;
        this.accounts = accounts;
        this.audit = audit;
        this.config = config;
    }

    /**
     * A user joins a public room, accepts an invitation, or changes their own role; {@code wanted} may be null for the
     * role that the user is offered or has. A user who joins a room without an owner becomes its owner. A caller with
     * authority over the room (an admin, or an integrator) may join any room and own it.
     */
    Future<Member> join(UUID room, UUID person, Role wanted, boolean authority, Optional<AuditEvent> event) {
        return transactions.run(room, transaction -> lock(transaction, room)
                .compose(locked -> MembershipStatusRepository.find(transaction, room, person, person)
                        .compose(status -> status.isMember()
                                ? stay(transaction, room, status, wanted, locked.hasAuthority(authority))
                                : come(
                                        transaction,
                                        room,
                                        status,
                                        wanted,
                                        locked.hasAuthority(authority) || locked.visibility == Visibility.PUBLIC,
                                        locked.hasAuthority(authority))))
                .compose(done -> record(transaction, event))
                .compose(done -> members.found(transaction, room, person)));
    }

    /** An owner, or a caller with authority, adds or invites a user, or gives a member a role. Role may be null. */
    Future<Admission> add(UUID room, UUID person, Role role, UUID by, boolean authority, Optional<AuditEvent> event) {
        return transactions.run(room, transaction -> lock(transaction, room)
                .compose(locked -> checkOwner(transaction, room, by, locked.hasAuthority(authority)))
                .compose(allowed -> MembershipStatusRepository.find(transaction, room, person, by))
                .compose(status -> status.isMember()
                        ? give(transaction, room, status, role, by, authority)
                        : take(transaction, room, status, role, by, authority))
                .compose(admission -> record(transaction, event).map(admission)));
    }

    private Future<Void> record(SqlConnection transaction, Optional<AuditEvent> event) {
        return event.map(found -> audit.record(transaction, found)).orElseGet(Future::succeededFuture);
    }

    /** An owner adds many users. Returns the result for each user, in their order. */
    Future<List<BatchAddResult.Item>> addAll(UUID room, List<UUID> people, UUID by, boolean authority) {
        return transactions.run(room, transaction -> lock(transaction, room)
                .compose(locked -> checkOwner(transaction, room, by, locked.hasAuthority(authority)))
                .compose(allowed -> MembershipStatusRepository.findAll(transaction, room, people, by))
                .compose(statuses -> accounts.full(transaction, people).compose(full -> {
                    BatchAddPlan plan = BatchAddPlan.of(statuses, full, config.addPolicy(), authority);
                    return run(transaction, ADD, room, plan.added(), Role.MEMBER.text())
                            .compose(added -> invitations.remove(transaction, room, plan.added()))
                            .compose(removed ->
                                    invitations.inviteAll(transaction, room, plan.invited(), plan.roles(), by))
                            .map(plan::items);
                })));
    }

    private Future<Void> stay(
            SqlConnection transaction, UUID room, MembershipStatus status, Role wanted, boolean authority) {
        boolean offered = status.invited().filter(Role.OWNER::equals).isPresent();
        Role present = status.role().orElseThrow();
        Role next = wanted != null ? wanted : offered ? Role.OWNER : present;
        Future<Void> changed;
        if (next == present) {
            changed = Future.succeededFuture();
        } else if (next == Role.MEMBER) {
            changed = demote(transaction, room, status.person());
        } else {
            changed = offered || authority
                    ? promote(transaction, room, status.person())
                    : Future.failedFuture(RoomAccess.notOwner());
        }
        return changed.compose(done -> invitations.remove(transaction, room, status.person()))
                .mapEmpty();
    }

    private Future<Void> come(
            SqlConnection transaction,
            UUID room,
            MembershipStatus status,
            Role wanted,
            boolean open,
            boolean authority) {
        if (!open && status.invited().isEmpty()) {
            return Future.failedFuture(RoomAccess.notFound());
        } else if (status.banned()) {
            return Future.failedFuture(RoomAccess.banned());
        }
        Role mayHave = authority ? Role.OWNER : status.invited().orElse(Role.MEMBER);
        if (wanted == Role.OWNER && mayHave != Role.OWNER) {
            return Future.failedFuture(RoomAccess.notOwner());
        }
        Role role = wanted != null ? wanted : status.invited().orElse(Role.MEMBER);
        return enter(transaction, room, status.person(), role)
                .compose(added -> run(transaction, RETURNED, room, status.person()))
                .compose(returned -> members.giveHeirs(transaction, room));
    }

    private Future<Admission> give(
            SqlConnection transaction, UUID room, MembershipStatus status, Role role, UUID by, boolean authority) {
        UUID person = status.person();
        if (role == null || status.role().orElseThrow() == role) {
            return joined(transaction, room, person);
        } else if (role == Role.MEMBER) {
            return demote(transaction, room, person).compose(done -> joined(transaction, room, person));
        } else if (authority) {
            return promote(transaction, room, person)
                    .compose(done -> invitations.remove(transaction, room, person))
                    .compose(done -> joined(transaction, room, person));
        }
        return status.blocks()
                ? Future.failedFuture(RoomAccess.blocked())
                : invite(transaction, room, person, Role.OWNER, by);
    }

    /** Adds one of the two users of a direct room, who has requested it. */
    Future<Void> enterDirect(SqlConnection transaction, UUID room, UUID person) {
        return enter(transaction, room, person, Role.MEMBER)
                .compose(added -> run(transaction, RETURNED, room, person))
                .mapEmpty();
    }

    /** A user who left by themselves is always invited instead of added, and so is a user who is to own the room. */
    Future<Admission> take(
            SqlConnection transaction, UUID room, MembershipStatus status, Role role, UUID by, boolean authority) {
        UUID person = status.person();
        Role given = role == null ? Role.MEMBER : role;
        if (status.banned()) {
            return Future.failedFuture(RoomAccess.banned());
        } else if (status.blocks() && !authority) {
            return Future.failedFuture(RoomAccess.blocked());
        } else if (status.departed() || (config.addPolicy() == AddPolicy.INVITATION && !authority)) {
            return invite(transaction, room, person, given, by);
        } else if (given == Role.OWNER && !authority) {
            return enter(transaction, room, person, Role.MEMBER)
                    .compose(added -> invite(transaction, room, person, Role.OWNER, by));
        }
        return enter(transaction, room, person, given).compose(added -> joined(transaction, room, person));
    }

    private Future<Void> enter(SqlConnection transaction, UUID room, UUID person, Role role) {
        return accounts.admit(transaction, person, role)
                .compose(admitted -> run(transaction, ADD, room, new UUID[] {person}, role.text()))
                .compose(added -> invitations.remove(transaction, room, person))
                .mapEmpty();
    }

    private Future<Void> promote(SqlConnection transaction, UUID room, UUID person) {
        return accounts.admitOwner(transaction, person)
                .compose(admitted -> run(transaction, GIVE, room, person, Role.OWNER.text()))
                .mapEmpty();
    }

    private static Future<Void> demote(SqlConnection transaction, UUID room, UUID person) {
        return run(transaction, GIVE, room, person, Role.MEMBER.text())
                .compose(given -> given.rowCount() > 0 ? Future.succeededFuture() : Future.failedFuture(lastOwner()));
    }

    private Future<Admission> invite(SqlConnection transaction, UUID room, UUID person, Role role, UUID by) {
        return invitations.invite(transaction, room, person, role, by).map(Invited::new);
    }

    private Future<Admission> joined(SqlConnection transaction, UUID room, UUID person) {
        return members.found(transaction, room, person).map(Joined::new);
    }

    /** Fails if there is no such room. */
    private static Future<LockedRoom> lock(SqlConnection transaction, UUID room) {
        return run(transaction, LOCK, room)
                .compose(locked -> locked.size() == 0
                        ? Future.failedFuture(RoomAccess.notFound())
                        : Future.succeededFuture(locked(locked.iterator().next())));
    }

    private static LockedRoom locked(Row row) {
        return new LockedRoom(Visibility.of(row.getString("visibility")), row.getBoolean("direct"));
    }

    /** Checks again under the lock: the role may have changed since the request was checked. */
    private static Future<Void> checkOwner(SqlConnection transaction, UUID room, UUID by, boolean authority) {
        return MembershipStatusRepository.find(transaction, room, by, by)
                .compose(status -> authority || status.isOwner()
                        ? Future.succeededFuture()
                        : Future.failedFuture(RoomAccess.notOwner()));
    }

    private static ProblemException lastOwner() {
        return ProblemException.of(
                Status.CONFLICT,
                "last_owner",
                "The only owner cannot become a plain member; make another owner first, or leave.");
    }
}
