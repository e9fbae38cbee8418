namespace Dataverse.Sync.OrganizationService;

/// <summary>Ends a chain of pages that would not end by itself.</summary>
/// <remarks>
/// A service that is broken or hostile may send the same page or empty pages for ever. A chain fails when a page brings
/// the same rows as the page before, after 1,000 pages in a row without a row, and after a million pages.
/// </remarks>
internal sealed class PageGuard
{
    private const int MaxEmptyPages = 1_000;
    private const int MaxPages = 1_000_000;

    private int pages;
    private int emptyPages;
    private IReadOnlyList<Guid> before = [];

    /// <summary>Checks a page after which there are more.</summary>
    /// <param name="ids">The ids of its rows.</param>
    /// <exception cref="FormatException">The pages lead in a circle, or on without end.</exception>
    public void Follow(IReadOnlyList<Guid> ids)
    {
        emptyPages = ids.Count == 0 ? emptyPages + 1 : 0;
        if (emptyPages == MaxEmptyPages)
        {
            throw new FormatException($"{MaxEmptyPages} pages in a row hold no record, and there are more.");
        }

        if (ids.Count > 0 && ids.SequenceEqual(before))
        {
            throw new FormatException("The same page comes again and again.");
        }

        if (++pages == MaxPages)
        {
            throw new FormatException($"There are more than {MaxPages} pages.");
        }

        before = ids;
    }
}
