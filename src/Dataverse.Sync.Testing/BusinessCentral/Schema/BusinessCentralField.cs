namespace Dataverse.Sync.Testing;

/// <summary>One property of an API page.</summary>
/// <param name="Name">Name on the wire; case matters.</param>
/// <param name="Type">Type, which decides the JSON form.</param>
public sealed record BusinessCentralField(string Name, BusinessCentralFieldType Type)
{
    /// <summary>Longest text accepted, in UTF-16 units; null for no limit. Longer text is refused, never cut.</summary>
    public int? MaxLength { get; init; }

    /// <summary>
    /// Whether clients may not send it. Properties that are not <see cref="BusinessCentralFieldSource.Stored"/> never
    /// are sent.
    /// </summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Where the value comes from. Default <see cref="BusinessCentralFieldSource.Stored"/>.</summary>
    public BusinessCentralFieldSource Source { get; init; }

    /// <summary>Members of an enum in ordinal order, escaped as on the wire. Empty for other types.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>The field's name inside Business Central, which error texts use. Default: <see cref="Name"/>.</summary>
    public string Caption { get; init; } = Name;

    /// <summary>
    /// Whether the page computes the value instead of reading a column, so that filters on it are doubtful.
    /// </summary>
    internal bool IsPageVariable { get; init; }

    internal bool IsWritable => Source == BusinessCentralFieldSource.Stored && !IsReadOnly;
}
