namespace Dataverse.Sync;

/// <summary>Specifies what a part of a text pattern stands for.</summary>
public enum PatternPartKind
{
    /// <summary>A text, compared without regard to letter case.</summary>
    Text,

    /// <summary>Any number of characters, or none. Written <c>*</c>.</summary>
    AnyText,

    /// <summary>One character, whichever it is. Written <c>?</c>.</summary>
    AnyCharacter,
}
