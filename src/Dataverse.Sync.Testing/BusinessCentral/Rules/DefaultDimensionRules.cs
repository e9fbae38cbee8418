namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The rules of default dimensions: the parent comes from the URL unless the body names it, and codes follow ids.
/// </summary>
internal sealed class DefaultDimensionRules : PageRules
{
    private static readonly string[] KeyFields = ["parentType", "parentId", "dimensionCode"];

    private const string NoCode = "No_x0020_Code";

    private static readonly Dictionary<string, string> ParentTables = new(StringComparer.Ordinal)
    {
        ["Customer"] = PageNames.Customers,
        ["Vendor"] = PageNames.Vendors,
    };

    public override void Validate(RowDraft draft, BusinessCentralField field, Transaction transaction)
    {
        switch (field.Name)
        {
            case "dimensionId":
                Dimension(draft, transaction);
                break;
            case "dimensionValueId":
                DimensionValue(draft, transaction);
                break;
        }

        if (draft.Text("postingValidation") == NoCode && draft.Text("dimensionValueCode").Length > 0)
        {
            throw Errors.FieldValidation("Dimension Value Code must be equal to '' in Default Dimension.");
        }
    }

    public override void Inserting(RowDraft draft, Transaction transaction)
    {
        if (draft.Text("parentType") == EnumNames.Blank)
        {
            draft["parentType"] = ParentTables.First(pair => pair.Value == Parent(draft).Schema.Name).Key;
        }

        if (draft.Reference("parentId") == Guid.Empty)
        {
            draft["parentId"] = Parent(draft).Id;
        }

        if (!ParentTables.TryGetValue(draft.Text("parentType"), out var table)
            || transaction.Table(table).Find(draft.Reference("parentId")) is null)
        {
            throw Errors.Dialog("The \"parenteId\" does not match to any entity.");
        }

        if (draft.Text("dimensionCode").Length == 0)
        {
            throw Errors.FieldValidation("Dimension Code must have a value in Default Dimension.");
        }
    }

    public override void Modifying(RowDraft draft, Transaction transaction)
    {
        if (KeyFields.Any(field => !draft[field].Equals(draft.Before![field])))
        {
            throw Errors.Dialog("You can't rename a Default Dimension.");
        }
    }

    private static PageRow Parent(RowDraft draft) => draft.Parent
        ?? throw Errors.Dialog("You must get to the parent first to get to the default dimensions.");

    private static void Dimension(RowDraft draft, Transaction transaction)
    {
        var dimension = transaction.Table(PageNames.Dimensions).Find(draft.Reference("dimensionId"))
            ?? throw Errors.Dialog("The \"dimensionId\" does not match to a Dimension.");
        draft["dimensionCode"] = dimension["code"];
    }

    private static void DimensionValue(RowDraft draft, Transaction transaction)
    {
        var id = draft.Reference("dimensionValueId");
        if (id == Guid.Empty)
        {
            draft["dimensionValueCode"] = "";
            return;
        }

        var value = transaction.Table(PageNames.DimensionValues).Find(id)
            ?? throw Errors.Dialog("The \"dimensionValueId\" does not match to a Dimension Value.");
        if (draft.Text("dimensionCode").Length == 0)
        {
            draft["dimensionId"] = value["dimensionId"];
            Dimension(draft, transaction);
        }
        else if (!value["dimensionId"].Equals(draft["dimensionId"]))
        {
            throw Errors.Dialog(
                "The \"dimensionId\" and \"dimensionValueId\" match to different Dimension records.");
        }

        draft["dimensionValueCode"] = value["code"];
    }
}
