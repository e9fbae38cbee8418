namespace Dataverse.Sync;

/// <summary>Specifies how a system changes a text when it stores it.</summary>
[Flags]
public enum TextNormalization : byte
{
    /// <summary>It stores the text as sent.</summary>
    None = 0,

    /// <summary>It removes white space at the start.</summary>
    TrimsStart = 1,

    /// <summary>It removes white space at the end.</summary>
    TrimsEnd = 2,

    /// <summary>It stores every line break as a single line feed.</summary>
    StoresLineFeeds = 4,

    /// <summary>It stores letters in upper case.</summary>
    StoresUpperCase = 8,
}
