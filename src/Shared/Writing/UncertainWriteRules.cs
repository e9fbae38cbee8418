namespace Dataverse.Sync.Shared;

/// <summary>
/// Decides about <em>uncertain writes</em>: writes whose response was lost, and writes that may have encountered their
/// own work.
/// </summary>
/// <remarks>
/// <para>The rules are pure and the same for every connector. A connector reads the record, states what the read shows
/// as <see cref="RecordEvidence"/>, and applies the decision.</para>
/// <para>The response was lost (<see cref="AfterLostResponse"/>):</para>
/// <list type="table">
/// <listheader><term>write</term><description>unreadable; absent; holds the values; expected version;
/// differs</description></listheader>
/// <item><term>insert, id chosen by us</term><description>Unknown; Unknown, may repeat; Applied; –; Applied without the
/// record</description></item>
/// <item><term>insert, id chosen by the system</term><description>Unknown in every case: no read identifies the
/// record</description></item>
/// <item><term>update with an expected version</term><description>Unknown; NotFound; Applied; Transient, may repeat;
/// VersionMismatch</description></item>
/// <item><term>update without one</term><description>Unknown in every case: the values may be somebody
/// else's</description></item>
/// <item><term>delete with an expected version</term><description>Unknown; Applied; –; Transient, may repeat;
/// VersionMismatch</description></item>
/// <item><term>delete without one</term><description>Unknown; Applied; –; –; Unknown: the record may have been created
/// again</description></item>
/// </list>
/// <para>The service refused the write (<see cref="AfterRefusal"/>) with <see cref="WriteStatus.AlreadyExists"/> or
/// <see cref="WriteStatus.VersionMismatch"/>: where an earlier attempt may have been performed, the record that it left
/// counts as in the table above, and a record that shows no such work confirms the refusal. Otherwise a read only tells
/// a missing record from a changed one, and finds the record of an insert whose repetition below the connector was
/// refused: one that has the chosen id and holds the values.</para>
/// <para>An id that we chose is a random GUID, so the record that has it was created by one of our own requests. Values
/// that differ are an edit since then, or a form in which the service stores them; neither makes the record somebody
/// else's, and to answer <see cref="WriteStatus.AlreadyExists"/> would lead to a second record. The record is not
/// reported then, so that the engine reads the difference as an edit. The other way round, an
/// <see cref="WriteStatus.AlreadyExists"/> without a record of the chosen id is about somebody else's record with the
/// same business key, and stands.</para>
/// </remarks>
internal static class UncertainWriteRules
{
    private static readonly UncertainWriteDecision Unknown = new(WriteStatus.Unknown);
    private static readonly UncertainWriteDecision Applied = new(WriteStatus.Applied);
    private static readonly UncertainWriteDecision AppliedAsRead = new(WriteStatus.Applied, ReportsRecord: true);
    private static readonly UncertainWriteDecision NotPerformed = new(WriteStatus.Transient, MayRepeat: true);
    private static readonly UncertainWriteDecision Confirmed = new(Status: null);

    /// <summary>Whether a read can decide anything about a write whose response was lost.</summary>
    /// <param name="kind">What the write does.</param>
    /// <param name="isRecognizable">Whether a repetition is recognized: an insert by its chosen id, another write by
    /// its expected version.</param>
    public static bool IsDecidable(WriteKind kind, bool isRecognizable) => isRecognizable || kind == WriteKind.Delete;

    /// <summary>Decides about a write whose response was lost.</summary>
    /// <param name="kind">What the write does.</param>
    /// <param name="isRecognizable">Whether a repetition is recognized: an insert by its chosen id, another write by
    /// its expected version.</param>
    /// <param name="evidence">What the read of the record shows.</param>
    public static UncertainWriteDecision AfterLostResponse(WriteKind kind, bool isRecognizable, RecordEvidence evidence)
    {
        if (evidence == RecordEvidence.Unreadable || !IsDecidable(kind, isRecognizable))
        {
            return Unknown;
        }

        return kind switch
        {
            WriteKind.Insert => LostInsert(evidence),
            WriteKind.Update => LostUpdate(evidence),
            _ => LostDelete(isRecognizable, evidence),
        };
    }

    /// <summary>
    /// Decides about a write that the service refused because the record exists or has another version.
    /// </summary>
    /// <param name="kind">What the write does.</param>
    /// <param name="isRecognizable">Whether a repetition is recognized: an insert by its chosen id, another write by
    /// its expected version.</param>
    /// <param name="mayHaveRun">Whether an earlier attempt may have been performed.</param>
    /// <param name="evidence">What the read of the record shows.</param>
    public static UncertainWriteDecision AfterRefusal(
        WriteKind kind, bool isRecognizable, bool mayHaveRun, RecordEvidence evidence)
    {
        if (mayHaveRun && (evidence == RecordEvidence.Unreadable || (kind == WriteKind.Insert && !isRecognizable)))
        {
            return Unknown;
        }

        return (kind, evidence) switch
        {
            (WriteKind.Update, RecordEvidence.Absent) => new(WriteStatus.NotFound),
            (WriteKind.Delete, RecordEvidence.Absent) => Applied,
            (WriteKind.Insert or WriteKind.Update, RecordEvidence.HoldsValues) when mayHaveRun => AppliedAsRead,

            // Something below the connector may have sent the insert twice. A record with other values is left to the
            // engine, which knows the record's history.
            (WriteKind.Insert, RecordEvidence.HoldsValues) when isRecognizable => AppliedAsRead,
            (WriteKind.Insert, RecordEvidence.Differs) when mayHaveRun => Applied,
            _ => Confirmed,
        };
    }

    private static UncertainWriteDecision LostInsert(RecordEvidence evidence) => evidence switch
    {
        // The request may still arrive. Its record has the chosen id, so a repetition cannot create a second one.
        RecordEvidence.Absent => Unknown with { MayRepeat = true },
        RecordEvidence.HoldsValues => AppliedAsRead,
        _ => Applied,
    };

    private static UncertainWriteDecision LostUpdate(RecordEvidence evidence) => evidence switch
    {
        RecordEvidence.Absent => new(WriteStatus.NotFound),
        RecordEvidence.HoldsValues => AppliedAsRead,

        // Should the request still arrive, it changes the version, and a repetition is refused.
        RecordEvidence.HasExpectedVersion => NotPerformed,
        _ => new(WriteStatus.VersionMismatch),
    };

    private static UncertainWriteDecision LostDelete(bool isRecognizable, RecordEvidence evidence) => evidence switch
    {
        RecordEvidence.Absent => Applied,
        _ when !isRecognizable => Unknown,
        RecordEvidence.HasExpectedVersion => NotPerformed,
        _ => new(WriteStatus.VersionMismatch),
    };
}
