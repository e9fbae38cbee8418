using System.Globalization;

namespace Dataverse.Sync;

/// <summary>The base of the rules whose result depends on the conventions of a language.</summary>
public abstract record CultureRule : ITransformationRule
{
    private protected CultureRule()
    {
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract TransformationLoss Loss { get; }

    /// <inheritdoc/>
    public virtual ITransformationRule? Inverse => null;

    /// <summary>
    /// The name of the culture, such as "da-DK", or the empty text for conventions that are the same everywhere. Business
    /// Central: Data Formatting Culture.
    /// </summary>
    /// <remarks>
    /// The conventions of the countries in which Business Central is sold most are part of the library, so they are the same
    /// on every machine, also on one without globalization data. Others are taken from the operating system.
    /// </remarks>
    /// <value>The default is the empty text.</value>
    public string Culture { get; init; } = string.Empty;

    /// <inheritdoc/>
    public abstract FieldValue Apply(FieldValue value);

    /// <inheritdoc/>
    public virtual IEnumerable<string> FindProblems() =>
        TryFindCulture() is null ? [$"its culture '{Culture}' is not known to this system"] : [];

    private protected CultureInfo FindCulture() =>
        TryFindCulture() ?? throw new FormatException($"The culture '{Culture}' is not known to this system.");

    private protected CultureInfo? TryFindCulture() => Cultures.Find(Culture);
}
