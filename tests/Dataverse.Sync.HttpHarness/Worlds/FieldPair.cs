namespace Dataverse.Sync.HttpHarness;

/// <summary>Two fields that must agree, in the words of the harness: it does not read the mapping under test.</summary>
internal sealed record FieldPair(string Local, string Integration, FieldForm Form)
{
    /// <summary>Whether only the local value travels.</summary>
    public bool IsOneWay { get; init; }

    /// <summary>The greatest length of each side's text, of which a copy may be cut.</summary>
    public int LocalLength { get; init; } = 100;

    public int IntegrationLength { get; init; } = 100;

    /// <summary>The decimal places that the integration side keeps.</summary>
    public int Scale { get; init; } = 10;

    /// <summary>The unit in which the integration side keeps times.</summary>
    public TimeSpan Resolution { get; init; }

    /// <summary>The choices, in the order of the integration side's values.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    public string On(SyncSide side) => side == SyncSide.Local ? Local : Integration;

    public int LengthOn(SyncSide side) => side == SyncSide.Local ? LocalLength : IntegrationLength;
}
