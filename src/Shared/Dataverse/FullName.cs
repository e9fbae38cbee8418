namespace Dataverse.Sync.Shared;

/// <summary>The parts of a person's name; an unused part is null.</summary>
internal readonly record struct FullName(string? First, string? Middle, string Last)
{
    /// <summary>The text that the service joins from the parts.</summary>
    public override string ToString() =>
        string.Join(' ', new[] { First, Middle, Last }.Where(part => part is not null));
}
