namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The row of a range variable: the row under test, and inside <c>any</c> and <c>all</c> also the element.
/// </summary>
internal sealed record RowScope<TRow>(string Variable, TRow Row, RowScope<TRow>? Outer)
    where TRow : class
{
    public TRow this[string variable]
    {
        get
        {
            for (var scope = this; scope is not null; scope = scope.Outer)
            {
                if (string.Equals(scope.Variable, variable, StringComparison.Ordinal))
                {
                    return scope.Row;
                }
            }

            return Row;
        }
    }
}
