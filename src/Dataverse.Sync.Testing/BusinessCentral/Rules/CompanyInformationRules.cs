namespace Dataverse.Sync.Testing.Emulation;

internal sealed class CompanyInformationRules : PageRules
{
    private static readonly string[] Experiences = ["Basic", "Essential", "Premium", "Custom"];

    public override void Validate(RowDraft draft, BusinessCentralField field, Transaction transaction)
    {
        if (field.Name is "email" or "country" or "city" or "postalCode")
        {
            AddressChecks.Validate(draft, field, transaction);
        }
        else if (field.Name == "experience" && !Experiences.Contains(draft.Text(field.Name), StringComparer.Ordinal))
        {
            throw Errors.Dialog("Failed to save experience tier for the current company.");
        }
    }
}
