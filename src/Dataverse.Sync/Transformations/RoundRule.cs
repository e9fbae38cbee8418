using System.Globalization;

namespace Dataverse.Sync;

/// <summary>Rounds a number to a multiple of a precision. Business Central: Round.</summary>
public sealed record RoundRule : ITransformationRule
{
    /// <summary>The precision, such as 0.05 or 100. It must be greater than zero.</summary>
    public required decimal Precision { get; init; }

    /// <summary>The direction in which the number is rounded.</summary>
    /// <value>The default is <see cref="RoundingDirection.Nearest"/>.</value>
    public RoundingDirection Direction { get; init; }

    /// <inheritdoc/>
    public string Name => "Round";

    /// <inheritdoc/>
    public TransformationLoss Loss => TransformationLoss.Form;

    /// <inheritdoc/>
    public FieldValue Apply(FieldValue value)
    {
        if (value.IsBlank)
        {
            return value;
        }

        var number = NumberOf(value);
        try
        {
            // The remainder is exact, where a quotient would be cut after 28 digits.
            var rest = decimal.Remainder(number, Precision);
            var toZero = number - rest;
            var isUp = rest != 0 && Direction switch
            {
                RoundingDirection.Up => true,
                RoundingDirection.Down => false,
                _ => Math.Abs(rest) >= Precision - Math.Abs(rest),
            };
            return FieldValue.Decimal(isUp ? toZero + (Math.Sign(number) * Precision) : toZero);
        }
        catch (Exception failure) when (failure is OverflowException or DivideByZeroException)
        {
            throw new FormatException("The number cannot be rounded to the precision.", failure);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<string> FindProblems()
    {
        if (Precision <= 0)
        {
            yield return "its precision is not greater than zero";
        }

        if (!Enum.IsDefined(Direction))
        {
            yield return "its direction is not defined";
        }
    }

    private static decimal NumberOf(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Integer or FieldValueKind.Decimal => value.AsDecimal(),
        FieldValueKind.Text when decimal.TryParse(
            value.AsText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new FormatException("The value is not a number."),
    };
}
