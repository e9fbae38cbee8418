namespace Dataverse.Sync;

/// <summary>Takes the day, the month, or the year from a date. Business Central: Extract From Date.</summary>
/// <remarks>The date of an instant is that in UTC. A text must begin with a date such as 2026-03-15.</remarks>
public sealed record ExtractFromDateRule : ITransformationRule
{
    /// <summary>What is taken from the date.</summary>
    public required DatePart Part { get; init; }

    /// <inheritdoc/>
    public string Name => "ExtractFromDate";

    /// <inheritdoc/>
    public TransformationLoss Loss => TransformationLoss.Content;

    /// <inheritdoc/>
    public FieldValue Apply(FieldValue value)
    {
        if (value.IsBlank)
        {
            return value;
        }

        var date = Instants.DateOf(value) ?? throw new FormatException("The value is not a date.");
        return FieldValue.Integer(Part switch
        {
            DatePart.Day => date.Day,
            DatePart.Month => date.Month,
            _ => date.Year,
        });
    }

    /// <inheritdoc/>
    public IEnumerable<string> FindProblems() =>
        Enum.IsDefined(Part) ? [] : ["the part of the date is not defined"];
}
