namespace Dataverse.Sync.Documents;

/// <summary>Specifies what a node of a document contains.</summary>
internal enum NodeKind
{
    /// <summary>Null, or a setting without a value.</summary>
    Null,

    /// <summary>A text. In settings, a number, a boolean, and the empty list are texts as well.</summary>
    Text,

    /// <summary>A number, kept as it is written.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A list.</summary>
    List,

    /// <summary>An object. In settings, a list is an object whose members are numbered.</summary>
    Object,
}
