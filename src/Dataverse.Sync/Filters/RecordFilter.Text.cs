using System.Diagnostics.CodeAnalysis;

namespace Dataverse.Sync;

/// <content>Filters as text.</content>
public abstract partial record RecordFilter
{
    /// <summary>The position in the text from which the filter was read; zero if it was made otherwise.</summary>
    /// <remarks>It does not count when filters are compared.</remarks>
    internal int Position { get; init; }

    /// <summary>Reads a filter from the text of a view of Business Central, or from a list of conditions.</summary>
    /// <remarks>
    /// <para>
    /// A view has the form <c>SORTING(No.) WHERE(Blocked=FILTER(' '),Type=CONST(Person))</c>, a list the form
    /// <c>Blocked=FILTER(' '),Type=CONST(Person)</c> or <c>Blocked='',Amount=1..100|&gt;500</c>. The conditions are
    /// combined by <i>and</i>. <c>ALL(…)</c>, <c>ANY(…)</c>, and <c>NOT(…)</c> group conditions on several fields, and
    /// <c>owner=TABLE(team)</c> asks to which table a reference points.
    /// </para>
    /// <para>
    /// The values get the types of their fields when an engine validates the mapping. Texts are compared without regard
    /// to letter case; <c>@</c> ignores accents as well. See <c>docs/concepts/filters.md</c>.
    /// </para>
    /// </remarks>
    /// <param name="text">
    /// The text, at most 65,536 characters. The empty text gives a filter that every record passes.
    /// </param>
    /// <returns>The filter.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FilterFormatException">
    /// The text cannot be read. The exception says what is wrong, and where.
    /// </exception>
    public static RecordFilter Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FilterReader.Read(text);
    }

    /// <summary>Reads the filter of one field from an expression such as <c>1..100|&gt;500</c>.</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="expression">The expression, at most 65,536 characters.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="expression"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="field"/> is null or empty.</exception>
    /// <exception cref="FilterFormatException">
    /// The expression cannot be read. The exception says what is wrong, and where.
    /// </exception>
    public static RecordFilter Parse(string field, string expression)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        ArgumentNullException.ThrowIfNull(expression);
        return FilterReader.Read(field, expression);
    }

    /// <summary>
    /// Reads a filter as <see cref="Parse(string)"/> does, without an exception for a text that cannot be read.
    /// </summary>
    /// <param name="text">The text, or null, which cannot be read.</param>
    /// <param name="filter">The filter, or null if the text cannot be read.</param>
    /// <returns>Whether the text was read.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out RecordFilter? filter) =>
        TryParse(text, out filter, out _);

    /// <summary>Reads a filter as <see cref="Parse(string)"/> does, and tells why a text cannot be read.</summary>
    /// <param name="text">The text, or null, which cannot be read.</param>
    /// <param name="filter">The filter, or null if the text cannot be read.</param>
    /// <param name="problem">What is wrong and where, or null if the text was read.</param>
    /// <returns>Whether the text was read.</returns>
    public static bool TryParse(
        [NotNullWhen(true)] string? text,
        [NotNullWhen(true)] out RecordFilter? filter,
        [NotNullWhen(false)] out FilterFormatException? problem)
    {
        (filter, problem) = (null, null);
        try
        {
            filter = text is null ? throw new FilterFormatException("there is no text.", 1) : FilterReader.Read(text);
            return true;
        }
        catch (FilterFormatException failure)
        {
            problem = failure;
            return false;
        }
    }

    /// <summary>Writes the filter in the form that <see cref="Parse(string)"/> reads.</summary>
    /// <remarks>
    /// A filter that was read from a text is equal to the one that is read from its text. The values of another filter
    /// lose their types, and get them again when an engine validates the mapping. The text is independent of the
    /// culture.
    /// </remarks>
    /// <returns>The text, such as <c>WHERE(blocked=FILTER(''),type=FILTER(Person))</c>.</returns>
    /// <exception cref="InvalidOperationException">
    /// The filter contains more than 100 filters within each other, or its text would have more than 65,536 characters.
    /// </exception>
    public string ToText() => FilterWriter.Write(this);

    /// <summary>
    /// Determines whether another filter is of the same type. Derived types compare what they contain.
    /// </summary>
    /// <param name="other">The other filter.</param>
    /// <returns>Whether the filters may be equal.</returns>
    public virtual bool Equals(RecordFilter? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();
}
