namespace Dataverse.Sync.Shared;

/// <summary>
/// How many requests may be under way: one more after each round of successes that needed more, half after a refusal.
/// </summary>
/// <remarks>Not safe for concurrent use; its owner locks.</remarks>
/// <param name="start">The number until the service recommends one.</param>
/// <param name="greatest">The greatest number.</param>
/// <param name="keepsToHint">Whether never more are allowed than the service recommends.</param>
internal sealed class ConcurrencyLimit(int start, int greatest, bool keepsToHint = false)
{
    private int greatest = greatest;
    private int successes;
    private bool isNeeded;
    private int? hint;

    public int Current { get; private set; } = Math.Clamp(start, 1, greatest);

    private int Ceiling => keepsToHint ? Math.Clamp(hint ?? start, 1, greatest) : greatest;

    /// <summary>Lowers the greatest number.</summary>
    public void Narrow(int other)
    {
        greatest = Math.Min(greatest, other);
        Current = Math.Min(Current, greatest);
    }

    /// <summary>
    /// A request waits for nothing but for one of those under way; only then is there a reason to allow more.
    /// </summary>
    public void Need() => isNeeded = true;

    public void Succeed()
    {
        if (++successes < Current)
        {
            return;
        }

        successes = 0;
        Current = isNeeded ? Math.Min(Ceiling, Current + 1) : Current;
        isNeeded = false;
    }

    public void Halve()
    {
        Current = Math.Max(1, Current / 2);
        successes = 0;
        isNeeded = false;
    }

    /// <summary>
    /// Begins at the service's first recommendation; a later one counts only where it asks for less than the one
    /// before.
    /// </summary>
    /// <remarks>
    /// Otherwise the same number in every answer would undo what was learned from successes and refusals.
    /// </remarks>
    public void Recommend(int wanted)
    {
        var recommended = Math.Clamp(wanted, 1, greatest);
        var isFirst = hint is null || (keepsToHint && wanted > hint);
        Current = isFirst ? recommended : wanted < hint ? Math.Min(Current, recommended) : Current;
        hint = wanted;
    }
}
