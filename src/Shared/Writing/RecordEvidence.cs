namespace Dataverse.Sync.Shared;

/// <summary>What a read after an uncertain write shows of the record.</summary>
internal enum RecordEvidence
{
    /// <summary>The record could not be read, so nothing is known.</summary>
    Unreadable,

    /// <summary>There is no record with this id.</summary>
    Absent,

    /// <summary>The record holds every value of the write.</summary>
    HoldsValues,

    /// <summary>The record does not hold the values and still has the version that the write expected.</summary>
    HasExpectedVersion,

    /// <summary>The record exists and neither holds the values nor has an expected version.</summary>
    Differs,
}
