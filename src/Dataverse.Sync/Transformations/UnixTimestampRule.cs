using System.Globalization;

namespace Dataverse.Sync;

/// <summary>
/// Turns an instant into the seconds since 1 January 1970 UTC, and such a number into an instant. Business Central: Unix
/// timestamp.
/// </summary>
/// <remarks>The rule leads back by itself. Fractions of a second are lost.</remarks>
public sealed record UnixTimestampRule : ITransformationRule
{
    /// <inheritdoc/>
    public string Name => "UnixTimestamp";

    /// <inheritdoc/>
    public TransformationLoss Loss => TransformationLoss.Form;

    /// <inheritdoc/>
    public ITransformationRule Inverse => this;

    /// <inheritdoc/>
    public FieldValue Apply(FieldValue value)
    {
        if (value.IsBlank)
        {
            return value;
        }

        return SecondsOf(value) is { } seconds ? InstantOf(seconds)
            : Instants.Of(value) is { } instant ? FieldValue.Integer(instant.ToUnixTimeSeconds())
            : throw new FormatException("The value is neither an instant nor a number of seconds.");
    }

    private static FieldValue InstantOf(decimal seconds)
    {
        try
        {
            return FieldValue.DateTime(DateTimeOffset.FromUnixTimeSeconds((long)decimal.Floor(seconds)));
        }
        catch (Exception failure) when (failure is OverflowException or ArgumentOutOfRangeException)
        {
            throw new FormatException("The instant lies outside the years 1 to 9999.", failure);
        }
    }

    private static decimal? SecondsOf(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Integer or FieldValueKind.Decimal => value.AsDecimal(),
        FieldValueKind.Text when decimal.TryParse(
            value.AsText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) => seconds,
        _ => null,
    };
}
