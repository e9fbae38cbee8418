using System.Globalization;

namespace Dataverse.Sync;

/// <summary>
/// The base of the rules that turn a text in the form of a country into a value, and such a value into a text.
/// </summary>
/// <remarks>
/// A rule leads back by itself: the same rule in the chain of the other direction writes what it reads. A text that cannot
/// be read fails its record. Business Central reads texts only, and passes on a text that it cannot read.
/// </remarks>
public abstract record FormattingRule : CultureRule
{
    private protected FormattingRule()
    {
    }

    /// <summary>
    /// The format of .NET, such as "yyyyMMdd", or null for the forms that are usual in the <see cref="CultureRule.Culture"/>.
    /// Business Central: Data Format.
    /// </summary>
    public string? Format { get; init; }

    /// <inheritdoc/>
    /// <value>
    /// <see cref="TransformationLoss.Form"/> if a value survives the way to a text and back; otherwise
    /// <see cref="TransformationLoss.Content"/>, such as for a format without the year.
    /// </value>
    public override TransformationLoss Loss => Keeps(Sample) ? TransformationLoss.Form : TransformationLoss.Content;

    /// <inheritdoc/>
    public override ITransformationRule Inverse => this;

    private protected abstract FieldValue Sample { get; }

    /// <inheritdoc/>
    public override FieldValue Apply(FieldValue value)
    {
        if (value.IsBlank)
        {
            return value;
        }

        var culture = FindCulture();
        return value.Kind == FieldValueKind.Text
            ? Read(value.AsText(), culture)
            : FieldValue.Text(Write(value, culture));
    }

    /// <inheritdoc/>
    public override IEnumerable<string> FindProblems()
    {
        foreach (var problem in base.FindProblems())
        {
            yield return problem;
        }

        if (Format is not null && TryFindCulture() is { } culture && !CanWrite(culture))
        {
            yield return $"its format '{Format}' cannot be used";
        }
    }

    private protected abstract FieldValue Read(string text, CultureInfo culture);

    private protected abstract string Write(FieldValue value, CultureInfo culture);

    private bool CanWrite(CultureInfo culture)
    {
        try
        {
            return Write(Sample, culture).Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private bool Keeps(FieldValue value)
    {
        try
        {
            return Apply(Apply(value)) == value;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
