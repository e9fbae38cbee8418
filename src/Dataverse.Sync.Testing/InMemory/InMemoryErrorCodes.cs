namespace Dataverse.Sync.Testing;

/// <summary>The codes with which an in-memory table refuses a write.</summary>
public static class InMemoryErrorCodes
{
    /// <summary>The table cannot be written to.</summary>
    public const string TableNotWritable = "TableNotWritable";

    /// <summary>The table has no such field.</summary>
    public const string FieldNotFound = "FieldNotFound";

    /// <summary>The field cannot be given a value by this kind of write.</summary>
    public const string FieldNotWritable = "FieldNotWritable";

    /// <summary>The value is not of the field's type.</summary>
    public const string WrongType = "WrongType";

    /// <summary>The text is longer than the field.</summary>
    public const string TextTooLong = "TextTooLong";

    /// <summary>The field has no such option.</summary>
    public const string OptionNotFound = "OptionNotFound";

    /// <summary>A required field would be without a value.</summary>
    public const string ValueRequired = "ValueRequired";

    /// <summary>A record with this id exists.</summary>
    public const string DuplicateId = "DuplicateId";

    /// <summary>A record with this business key exists.</summary>
    public const string DuplicateKey = "DuplicateKey";

    /// <summary>The record does not exist.</summary>
    public const string RecordNotFound = "RecordNotFound";

    /// <summary>The record has another version than expected.</summary>
    public const string VersionMismatch = "VersionMismatch";

    /// <summary>A fault that the test asked for.</summary>
    public const string InjectedFault = "InjectedFault";
}
