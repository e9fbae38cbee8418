namespace Dataverse.Sync.Simulation;

/// <summary>What goes wrong at a call of the engine to a system or to its store. A fault that does not fit the call has no effect.</summary>
internal enum FaultKind
{
    /// <summary>The process dies before the call leaves it.</summary>
    CrashBefore,

    /// <summary>The process dies when the call was carried out and before it knows.</summary>
    CrashAfter,

    /// <summary>The process dies while its writes are under way; the service carries them out later.</summary>
    CrashInFlight,

    CancelBefore,

    CancelAfter,

    Unreachable,

    Throttled,

    ServiceFault,

    /// <summary>From this call on the service refuses everything that concerns the table, for the rest of the run.</summary>
    TableForbidden,

    /// <summary>From this call on the service answers a column of the accounts as blank, for the rest of the run, and its schema does not say so: somebody stopped sharing the column.</summary>
    ColumnWithheld,

    StoreUnavailable,

    /// <summary>The call is carried out, its answer is lost.</summary>
    AnswerLost,

    /// <summary>Writes whose answer is lost and that the service carries out later.</summary>
    RequestDelayed,

    /// <summary>The same for every other write of a batch, the first one included; the rest is done and answered.</summary>
    PartlyDelayed,

    /// <summary>A write that takes several requests, of which only the first is carried out; nobody is told of the rest.</summary>
    /// <remarks>A system that chooses the ids creates a record in one request, as Business Central does.</remarks>
    HalfDone,

    /// <summary>Something between the engine and the service sends each write twice and passes the second answer on.</summary>
    Doubled,

    /// <summary>A bulk message of which nothing is done because one of its rows is refused.</summary>
    AllOrNothing,

    /// <summary>Of a batch every other write is done.</summary>
    PartialBatch,

    /// <summary>The service refuses the values.</summary>
    Rejected,

    /// <summary>The service answers 412 to every write.</summary>
    VersionMismatch,

    /// <summary>A read by id, by value, of keys, or of a whole table answers that there is nothing.</summary>
    EmptyAnswer,

    /// <summary>Such a read leaves every other record out.</summary>
    PartialAnswer,

    /// <summary>From this call on the service leaves every other record out of its answers to reads by id, for the rest of the run. What it lists is complete.</summary>
    ReadsLag,

    /// <summary>A page comes twice.</summary>
    DuplicatePage,

    /// <summary>The records of a page come in another order.</summary>
    ShuffledPage,

    /// <summary>A user does something at this very moment.</summary>
    UserAction,

    /// <summary>The process sleeps for longer than its lease holds, and nobody else notices.</summary>
    Stall,

    /// <summary>The process sleeps, another one takes its lease and runs, and then it goes on.</summary>
    TakenOver,

    /// <summary>The computer sleeps for longer than any write may be uncertain; another process runs early and late meanwhile.</summary>
    Suspended,

    /// <summary>The same, as soon as the call was carried out.</summary>
    SuspendedAfter,
}
