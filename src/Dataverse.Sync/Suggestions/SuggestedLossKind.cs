namespace Dataverse.Sync;

/// <summary>Specifies what a value may lose on its way to the other field.</summary>
public enum SuggestedLossKind
{
    /// <summary>A text is cut, because the target is shorter.</summary>
    Cut,

    /// <summary>A text is stored in upper case and without surrounding blanks.</summary>
    UpperCased,

    /// <summary>A number is rounded to the decimals of the target.</summary>
    Rounded,

    /// <summary>A number with decimals has no place in the target: the record fails.</summary>
    FractionRefused,

    /// <summary>An instant loses its time of day, or is cut to a coarser resolution.</summary>
    TimeCut,

    /// <summary>Some options of the source have no option of the same name in the target: a record with one fails.</summary>
    OptionMissing,

    /// <summary>A text or number that is not an option of the target has no place in it: the record fails.</summary>
    NotAnOption,

    /// <summary>A blank becomes the zero of the target, which cannot store a blank.</summary>
    BlankBecomesZero,
}
