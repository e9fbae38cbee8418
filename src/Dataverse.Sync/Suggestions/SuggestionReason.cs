namespace Dataverse.Sync;

/// <summary>Specifies why two fields are suggested. The strongest reason comes first.</summary>
public enum SuggestionReason
{
    /// <summary>The names are the same, apart from letter case, punctuation, a prefix, or the name of the table.</summary>
    SameName,

    /// <summary>A caption or another name of one field is the name of the other (<see cref="FieldSchema.OtherNames"/>).</summary>
    SameCaption,

    /// <summary>The names are known to mean the same, such as <c>phoneNumber</c> and <c>telephone1</c>.</summary>
    Synonym,

    /// <summary>Most letters of the names are the same. A person should look at it.</summary>
    SimilarName,
}
