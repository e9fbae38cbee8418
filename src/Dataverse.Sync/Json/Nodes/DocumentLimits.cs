namespace Dataverse.Sync.Documents;

/// <summary>What a document may contain at most. A larger one is a mistake or an attack.</summary>
internal static class DocumentLimits
{
    /// <summary>The size in bytes: 4 MiB. The standard mappings take about 8 KiB.</summary>
    public const int Bytes = 4 * 1024 * 1024;

    /// <summary>How deep lists and objects may be nested.</summary>
    public const int Depth = 128;

    /// <summary>How many problems are told.</summary>
    public const int Problems = 100;
}
