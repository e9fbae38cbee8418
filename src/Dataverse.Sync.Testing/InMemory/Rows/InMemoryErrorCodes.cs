namespace Dataverse.Sync.Testing;

/// <summary>The error codes of refused writes.</summary>
public static class InMemoryErrorCodes
{
    /// <summary>The table cannot be written to.</summary>
    public const string TableNotWritable = "TableNotWritable";

    /// <summary>The table has no such field.</summary>
    public const string FieldNotFound = "FieldNotFound";

    /// <summary>This kind of write cannot set the field.</summary>
    public const string FieldNotWritable = "FieldNotWritable";

    /// <summary>The value does not have the type of the field.</summary>
    public const string WrongType = "WrongType";

    /// <summary>The text exceeds the maximum length of the field.</summary>
    public const string TextTooLong = "TextTooLong";

    /// <summary>The field has no such option.</summary>
    public const string OptionNotFound = "OptionNotFound";

    /// <summary>A required field would have no value.</summary>
    public const string ValueRequired = "ValueRequired";

    /// <summary>The value refers to a record that does not exist.</summary>
    public const string TargetNotFound = "TargetNotFound";

    /// <summary>A record with this id already exists.</summary>
    public const string DuplicateId = "DuplicateId";

    /// <summary>A record with this business key already exists.</summary>
    public const string DuplicateKey = "DuplicateKey";

    /// <summary>The record does not exist.</summary>
    public const string RecordNotFound = "RecordNotFound";

    /// <summary>The record exists, but is hidden from the connector.</summary>
    public const string AccessDenied = "AccessDenied";

    /// <summary>The record does not have the expected version.</summary>
    public const string VersionMismatch = "VersionMismatch";

    /// <summary>The test injected this fault through <see cref="InMemoryFaults"/>.</summary>
    public const string InjectedFault = "InjectedFault";
}
