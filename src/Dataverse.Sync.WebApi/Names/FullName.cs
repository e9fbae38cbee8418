namespace Dataverse.Sync.WebApi;

/// <summary>The parts of a name; an unused part is null.</summary>
internal readonly record struct FullName(string? First, string? Middle, string Last)
{
    /// <summary>The text that the service makes of the parts.</summary>
    public override string ToString() => string.Join(' ', new[] { First, Middle, Last }.Where(part => part is not null));
}
