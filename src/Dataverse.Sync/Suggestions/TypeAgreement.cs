using Dataverse.Sync.Execution;

namespace Dataverse.Sync.Suggestions;

/// <summary>How well the values of two fields agree, apart from their names.</summary>
internal static class TypeAgreement
{
    private const double Convertible = 0.95;
    private const double Optional = 0.85;

    /// <summary>Returns a factor from 0 to 1; 0 if the values cannot be converted.</summary>
    public static double Of(FieldSchema local, FieldSchema integration) => (local.Type, integration.Type) switch
    {
        (FieldType.Choice, FieldType.Choice) => OfOptions(local, integration),
        (FieldType.Reference, _) or (_, FieldType.Reference) => 0,
        var (left, right) when left == right => 1,
        var (left, right) when !ValueConversion.IsKnown(left, right) => 0,
        (FieldType.Choice, _) or (_, FieldType.Choice) => Optional,
        _ => Convertible,
    };

    /// <summary>What values lose on their way to a side.</summary>
    public static IEnumerable<SuggestedLossKind> LossesOf(FieldSchema from, FieldSchema to)
    {
        if (from.Type == FieldType.Text && to.Type == FieldType.Text)
        {
            if (to.MaxLength is { } longest && (from.MaxLength is not { } length || length > longest))
            {
                yield return SuggestedLossKind.Cut;
            }

            if (to.IsCode && !from.IsCode)
            {
                yield return SuggestedLossKind.UpperCased;
            }
        }

        foreach (var loss in OtherLossesOf(from, to))
        {
            yield return loss;
        }

        if (from.CanBeBlank && !to.CanBeBlank && to.Type is FieldType.Integer or FieldType.Decimal or FieldType.Boolean)
        {
            yield return SuggestedLossKind.BlankBecomesZero;
        }
    }

    private static IEnumerable<SuggestedLossKind> OtherLossesOf(FieldSchema from, FieldSchema to)
    {
        switch (from.Type, to.Type)
        {
            case (FieldType.Decimal, FieldType.Integer):
                yield return SuggestedLossKind.FractionRefused;
                break;
            case (FieldType.Decimal, FieldType.Decimal) when to.Scale is { } scale && !(from.Scale <= scale):
                yield return SuggestedLossKind.Rounded;
                break;
            case (FieldType.DateTime, FieldType.Date):
            case (FieldType.DateTime, FieldType.DateTime)
                when to.TimeResolution is { } coarse && !(from.TimeResolution >= coarse):
                yield return SuggestedLossKind.TimeCut;
                break;
            case (FieldType.Choice, FieldType.Choice) when from.Options.Any(option => !HasOption(to, option)):
                yield return SuggestedLossKind.OptionMissing;
                break;
            case (FieldType.Text or FieldType.Integer, FieldType.Choice):
                yield return SuggestedLossKind.NotAnOption;
                break;
        }
    }

    // Options that are not known may be the same. Choices without a common option are about different things.
    private static double OfOptions(FieldSchema local, FieldSchema integration)
    {
        if (local.Options.Count == 0 || integration.Options.Count == 0)
        {
            return Optional;
        }

        var shared = local.Options.Count(option => HasOption(integration, option));
        return shared == 0 ? 0 : Optional + ((1 - Optional) * shared / local.Options.Count);
    }

    private static bool HasOption(FieldSchema field, ChoiceOption option)
    {
        try
        {
            return string.IsNullOrWhiteSpace(option.Label) || !ChoiceConversion.ToChoice(
                FieldValue.Text(option.Label), new() { Name = field.Name, Type = FieldType.Text }, field, isConverted: false).IsBlank;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
